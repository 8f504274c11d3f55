// In watch mode every thread tells its parent what it loads, and the Temporal SDK takes those
// messages of its workflow threads for answers. `npm run dev` names the folders to watch, so no
// thread has to tell.
delete process.env['WATCH_REPORT_DEPENDENCIES']
