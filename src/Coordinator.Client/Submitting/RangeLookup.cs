using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Client.Submitting;

/// <summary>Reads ranges from a table's ledger: many ranges in several requests, long answers in several parts, each retried until the
/// timeout.</summary>
internal sealed class RangeLookup(ILedgerGrain ledger, Guid warehouse, TimeProvider time, Random random)
{
    public async Task<IReadOnlyList<CommittedRange>> FindAsync(
        TableName table, IReadOnlyList<IntentRange> ranges, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var found = new List<CommittedRange>();
        foreach (var part in ranges.OrderBy(static r => r.Origin).ThenBy(static r => r.First).Chunk(FindRangesRequest.MaxRanges))
        {
            IntentRange[] asked = part;
            while (asked.Length > 0)
            {
                var request = new FindRangesRequest(table, asked) { Warehouse = warehouse };
                var response = await AskAsync(request, began, timeout, cancellationToken).ConfigureAwait(false);
                found.AddRange(response.Ranges);
                asked = response.IsCut ? [.. After(asked, response.Ranges[^1])] : [];
            }
        }

        return found;
    }

    /// <summary>The parts of the ranges after the last row of the answer.</summary>
    private static IEnumerable<IntentRange> After(IntentRange[] ranges, CommittedRange last)
    {
        foreach (var range in ranges)
        {
            var order = range.Origin.CompareTo(last.Origin);
            if (order > 0) yield return range;
            else if (order == 0 && range.Last > last.Last) yield return range with { First = Math.Max(range.First, last.Last + 1) };
        }
    }

    private TimeSpan DelayAfter(Exception failure, int attempt) =>
        failure is CoordinatorException { RetryAfter: var later } && later > TimeSpan.Zero
            ? later
            : AttemptFailure.Delay(attempt, random.NextDouble());

    private async Task<FindRangesResponse> AskAsync(FindRangesRequest request, long began, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan delay;
            try
            {
                return await ledger.FindRangesAsync(request).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (AttemptFailure.IsTransient(e) && time.GetElapsedTime(began) + DelayAfter(e, attempt) <= timeout)
            {
                delay = DelayAfter(e, attempt);
            }
            catch (Exception e) when (AttemptFailure.IsNoAnswer(e))
            {
                throw new SiloUnavailableException($"No silo answers, so the ledger of {request.Table} cannot be asked.", TimeSpan.FromSeconds(1), e);
            }

            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
