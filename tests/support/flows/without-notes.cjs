/** Makes of today's workflows those of a build from before the patch `notes`. */
module.exports = (source) => source.replaceAll("patched('notes')", 'false')
