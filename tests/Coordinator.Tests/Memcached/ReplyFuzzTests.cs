using Coordinator.Tests.Memcached.Fuzzing;
using CsCheck;

namespace Coordinator.Tests.Memcached;

/// <summary>A small part of what <c>Coordinator.Benchmarks fuzz-memcached</c> does at length. A failure prints its seed.</summary>
public sealed class ReplyFuzzTests
{
    [Fact]
    public void Whatever_a_server_sends_is_a_reply_or_the_beginning_of_one_whole_or_in_pieces()
    {
        var fuzzer = new ReplyFuzzer(0);
        Gen.Int.Sample(fuzzer.CheckParser, iter: 5_000, threads: 1);
    }

    [Fact]
    public Task Whatever_a_server_sends_every_request_gets_its_own_answer_or_one_that_says_it_is_not_known()
    {
        var fuzzer = new ReplyFuzzer(0);
        return Gen.Int.SampleAsync(fuzzer.CheckConnectionAsync, iter: 1_000, threads: 1);
    }
}
