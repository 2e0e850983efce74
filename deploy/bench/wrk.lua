-- What wrk sends, and what it says at the end: one line of JSON. load.py starts it and sets what it reads here.
local lookup = wrk.lookup

-- Names lead to the box, whatever they resolve to elsewhere.
wrk.lookup = function(_, service)
    return lookup(os.getenv("BENCH_ADDRESS"), service)
end

local list = os.getenv("BENCH_REQUESTS")
if list then
    local requests = {}

    function init()
        math.randomseed(7)
        local file = assert(io.open(list, "rb"))
        for length in file:lines() do
            requests[#requests + 1] = file:read(tonumber(length))
        end
        file:close()
    end

    function request()
        return requests[math.random(#requests)]
    end
end

local pause = os.getenv("BENCH_PAUSE")
if pause then
    local most = 2 * tonumber(pause)

    function delay()
        return math.random(0, most)
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "microseconds": %d, "bytes": %d, "p50": %d, "p99": %d, "longest": %d, '
            .. '"refused": %d, "broken": %d}\n',
        summary.requests, summary.duration, summary.bytes,
        latency:percentile(50), latency:percentile(99), latency.max,
        errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
