namespace Coordinator.Doctor.Checking;

/// <summary>Runs checks one after the other, each within a limit of time. A failure ends no other check but those that need it.</summary>
internal sealed class CheckRunner(IDoctorView view, TimeSpan limit, TimeProvider time)
{
    private readonly Dictionary<string, CheckResult> _results = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _causes = new(StringComparer.Ordinal);

    /// <summary>Runs all. The sequence may be lazy: a group decides on a check when the ones before it have run.</summary>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(IEnumerable<Check> checks, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var check in checks)
        {
            view.Begin(check.Name);
            var finding = CauseOf(check) is { } cause
                ? new Finding(CheckStatus.Skipped, $"because '{cause}' failed")
                : await RunAsync(check, cancellationToken);
            var result = new CheckResult(check.Name, finding.Status, finding.Seen, finding.Advice);
            _results[check.Name] = result;
            results.Add(result);
            view.End(result);
        }

        return results;
    }

    /// <summary>The check that failed first among those that this one needs, directly or through a skipped one; null if there is none.</summary>
    private string? CauseOf(Check check)
    {
        foreach (var need in check.Needs)
        {
            if (!_results.TryGetValue(need, out var result)) continue;
            if (result.Status == CheckStatus.Failed) return _causes[check.Name] = need;
            if (result.Status == CheckStatus.Skipped) return _causes[check.Name] = _causes[need];
        }

        return null;
    }

    private async Task<Finding> RunAsync(Check check, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            // Some drivers do not look at the token.
            return await Task.Run(() => check.RunAsync(either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (over.IsCancellationRequested || e is OperationCanceledException)
        {
            return Finding.Failed($"no answer within {limit.TotalSeconds:0.#} s", check.AdviceOnSilence.Length > 0 ? [check.AdviceOnSilence] : []);
        }
        catch (Exception e)
        {
            return Finding.Failed(e.InnerException is { } inner && inner.Message != e.Message ? $"{e.Message}: {inner.Message}" : e.Message);
        }
    }
}
