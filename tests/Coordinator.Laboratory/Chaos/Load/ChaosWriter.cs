using Coordinator.Intents;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos.Load;

/// <summary>One caller that inserts into one table, an intent after the other. It sends an intent again when its outcome is not known, gives some
/// up, and now and then sends one again that was acknowledged long ago.</summary>
internal sealed class ChaosWriter(IDoor door, string table, string source, CallLog log, Random random, TimeProvider clock)
{
    private const int MostRows = 5;
    private const int MostTries = 4;

    // One of so many.
    private const int GivesUp = 5;
    private const int SendsAgain = 15;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly Guid _origin = Guid.NewGuid();
    private readonly List<ChaosIntent> _acknowledged = [];

    public async Task RunAsync(CancellationToken over)
    {
        for (var sequence = 0L; !over.IsCancellationRequested; sequence++)
        {
            var intent = new ChaosIntent(new IntentId(_origin, sequence), table, source, log.Rows(random.Next(1, MostRows + 1)));
            if (await SendAsync(intent, over)) _acknowledged.Add(intent);
            if (_acknowledged.Count > 0 && random.Next(SendsAgain) == 0)
                await log.SendAsync(door, _acknowledged[random.Next(_acknowledged.Count)], CancellationToken.None);
            await PauseAsync(Pace, over);
        }
    }

    private async Task<bool> SendAsync(ChaosIntent intent, CancellationToken over)
    {
        for (var i = 1; ; i++)
        {
            var answer = await log.SendAsync(door, intent, CancellationToken.None);
            if (answer is CallAnswer.Committed or CallAnswer.Rejected) return answer == CallAnswer.Committed;
            if (i == MostTries || over.IsCancellationRequested || random.Next(GivesUp) == 0) return false;
            await PauseAsync(Patience, over);
        }
    }

    private async Task PauseAsync(TimeSpan length, CancellationToken over) =>
        await Task.Delay(length, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
