using Coordinator.Client;
using Coordinator.Intents;
using Coordinator.Simulation.Histories;
using Coordinator.Tables;

namespace Coordinator.Laboratory.Chaos.Load;

/// <summary>Runs updates of one table from another: each writes one row with a count.</summary>
internal sealed class ChaosUpdater(ICoordinatorClient client, string target, string read, CallLog log, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly Guid _origin = Guid.NewGuid();

    public async Task RunAsync(CancellationToken over)
    {
        for (var sequence = 0L; !over.IsCancellationRequested; sequence++)
        {
            var key = log.NextKey();
            var intent = new ChaosIntent(new IntentId(_origin, sequence), target, "updates", []);
            var request = new UpdateRequest
            {
                Sql = FormattableString.Invariant($"INSERT INTO {target} (id, code, note) SELECT {key}, count(*), 'total' FROM {read}"),
                Writes = [TableName.Parse(target)],
                Reads = [TableName.Parse(read)],
            };
            CallAnswer answer;
            do
            {
                answer = await log.RecordAsync(intent, [new SentRow(key, null)],
                    () => SdkAnswer.OfAsync(() => client.UpdateAsync(request, SdkAnswer.Options(intent))));
                await Task.Delay(Pace, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            while (answer is CallAnswer.Unknown or CallAnswer.NotWritten && !over.IsCancellationRequested);
        }
    }
}
