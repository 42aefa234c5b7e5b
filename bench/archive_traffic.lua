-- The visitors of `archive_scale.py load`: each thread walks the list of addresses from its own place.
local addresses, at, threads = {}, 0, 0

function setup(thread)
  thread:set("first", threads * 7919)
  threads = threads + 1
end

function init(arguments)
  for line in io.lines(arguments[1]) do addresses[#addresses + 1] = line end
  at = first
  wrk.headers["Accept-Encoding"] = "gzip"
end

function request()
  at = at + 1
  return wrk.format("GET", addresses[at % #addresses + 1])
end

function done(summary, latency)
  local faults = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "median": %f, "p95": %f, "p99": %f, "worst": %f, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3, faults.status,
    faults.connect + faults.read + faults.write + faults.timeout))
end
