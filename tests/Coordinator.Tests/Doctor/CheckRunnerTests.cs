using Coordinator.Doctor.Checking;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Doctor;

public sealed class CheckRunnerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly Shown _shown = new();

    private CheckRunner Runner => new(_shown, Limit, _time);

    [Fact]
    public async Task A_failure_skips_those_that_need_it_and_no_others()
    {
        var results = await Runner.RunAsync(
            [
                Of("a", Finding.Failed("broken", "mend it")), Of("b", Finding.Ok("fine"), "a"), Of("c", Finding.Ok("fine"), "b"),
                Of("d", Finding.Warning("slow"), "e"), Of("f", Finding.Ok("fine"), "d"),
            ],
            default);
        Assert.Equal(
            [
                ("a", CheckStatus.Failed, "broken"), ("b", CheckStatus.Skipped, "because 'a' failed"),
                ("c", CheckStatus.Skipped, "because 'a' failed"),
                ("d", CheckStatus.Warning, "slow"), ("f", CheckStatus.Ok, "fine"),
            ],
            results.Select(static result => (result.Name, result.Status, result.Seen)));
        Assert.Equal(["a", "b", "c", "d", "f"], _shown.Begun);
        Assert.Equal(results, _shown.Ended);
    }

    [Fact]
    public async Task An_exception_is_a_failure_with_its_message()
    {
        var check = new Check("a", static _ => throw new InvalidOperationException("outer", new IOException("inner")));
        Assert.Equal("outer: inner", Assert.Single(await Runner.RunAsync([check], default)).Seen);
    }

    [Fact]
    public async Task A_check_without_an_answer_ends_at_the_limit_even_if_it_does_not_look_at_its_token()
    {
        var begun = new TaskCompletionSource();
        var silent = new Check("a", _ =>
        {
            begun.SetResult();
            return new TaskCompletionSource<Finding>().Task;
        })
        { AdviceOnSilence = "look there" };
        var running = Runner.RunAsync([silent, Of("b", Finding.Ok("fine"))], default);
        await begun.Task;
        _time.Advance(Limit);
        var results = await running;
        Assert.Equal(("no answer within 10 s", "look there"), (results[0].Seen, Assert.Single(results[0].Advice)));
        Assert.Equal(CheckStatus.Ok, results[1].Status);
    }

    [Fact]
    public async Task The_caller_may_end_the_run()
    {
        using var over = new CancellationTokenSource();
        var check = new Check("a", async token =>
        {
            await over.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
            return Finding.Ok("");
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner.RunAsync([check], over.Token));
    }

    private static Check Of(string name, Finding finding, params string[] needs) => new(name, _ => Task.FromResult(finding)) { Needs = needs };

    private sealed class Shown : IDoctorView
    {
        public List<string> Begun { get; } = [];

        public List<CheckResult> Ended { get; } = [];

        public void Begin(string name) => Begun.Add(name);

        public void End(CheckResult result) => Ended.Add(result);
    }
}
