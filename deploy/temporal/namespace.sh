#!/bin/sh
# Makes the namespace and the search attributes of ProjectFlow; done already, it changes nothing.
# Histories are kept for 30 days; outcomes longer, or a late reset would apply twice.
set -eu

namespace=${TEMPORAL_NAMESPACE:-default}
attempts=30

# A server that has just come up, or been told of a namespace, needs some seconds.
patiently() {
  until "$@"; do
    attempts=$((attempts - 1))
    [ "$attempts" -gt 0 ] || exit 1
    sleep 2
  done
}

patiently temporal operator cluster health
temporal operator namespace describe --namespace "$namespace" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$namespace"
patiently temporal operator namespace update --namespace "$namespace" --retention 30d

known=$(temporal operator search-attribute list --namespace "$namespace")
attribute() {
  case "$known" in *"$1"*) return ;; esac
  patiently temporal operator search-attribute create \
    --namespace "$namespace" --name "$1" --type "$2"
}
attribute WorkspaceId Keyword
attribute ActionType Keyword
attribute BoardIds KeywordList
attribute ActorIds KeywordList
attribute CardIds KeywordList
attribute FlowId Keyword
attribute FlowVersion Int
attribute RunStatus Keyword
