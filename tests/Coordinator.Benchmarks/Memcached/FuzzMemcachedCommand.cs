using System.CommandLine;
using System.Diagnostics;
using Coordinator.Tests.Memcached.Fuzzing;

namespace Coordinator.Benchmarks.Memcached;

/// <summary>Sends the memcached client millions of replies that no server would send. The unit tests do the same for a second.</summary>
internal static class FuzzMemcachedCommand
{
    // One connection costs as much as many parses.
    private const int ConnectionEvery = 10;

    public static Command Create()
    {
        var inputs = new Option<int>("--inputs") { Description = "How many.", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "What they are drawn from.", DefaultValueFactory = _ => Environment.TickCount };
        var only = new Option<int?>("--only") { Description = "The number of one input, to replay it." };
        var command = new Command("fuzz-memcached", "Hostile and broken servers against the memcached client's parser and connection.") { inputs,
            seed, only };
        command.SetAction((parsed, ct) => parsed.GetValue(only) is { } number
            ? RunAsync(parsed.GetValue(seed), number, number + 1, every: 1, ct)
            : RunAsync(parsed.GetValue(seed), 0, parsed.GetValue(inputs), ConnectionEvery, ct));
        return command;
    }

    private static async Task<int> RunAsync(int seed, int first, int end, int every, CancellationToken ct)
    {
        Console.WriteLine($"seed {seed}");
        var fuzzer = new ReplyFuzzer(seed);
        var started = Stopwatch.GetTimestamp();
        var (bytes, connections, mostMemory) = (0L, 0, 0L);
        for (var number = first; number < end && !ct.IsCancellationRequested; number++)
        {
            try
            {
                fuzzer.CheckParser(number);
                if (number % every == 0)
                {
                    await fuzzer.CheckConnectionAsync(number);
                    connections++;
                    bytes += fuzzer.BytesOf(number).Length;
                    mostMemory = Math.Max(mostMemory, GC.GetTotalMemory(forceFullCollection: false));
                }
            }
            catch (Exception e)
            {
                Console.WriteLine($"{e}\n{Convert.ToHexString(fuzzer.BytesOf(number))}\nreplay: fuzz-memcached --seed {seed} --only {number}");
                return 1;
            }
        }

        var average = (double)bytes / connections;
        Console.WriteLine(FormattableString.Invariant(
            $"{end - first:N0} inputs through the parser, {connections:N0} also through a connection, none failed; {average:N0} bytes on average"));
        Console.WriteLine(FormattableString.Invariant(
            $"{Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s, heap at most {mostMemory / 1e6:N0} MB"));
        return 0;
    }
}
