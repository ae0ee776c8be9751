using Coordinator.Intents;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Soak.Callers;

/// <summary>One caller that inserts into one table, an intent after the other. Now and then it sends one again that was acknowledged, sends a large
/// one, and takes a new origin, as a program that is started again does.</summary>
internal sealed class SteadyWriter(IDoor door, string table, string source, CallLog log, Pace pace, Random random, TimeProvider clock)
{
    private const int MostRows = 5;
    private const int LargeRows = 300;
    private const int IntentsOfOrigin = 500;
    private const int Remembered = 64;

    // One of so many.
    private const int SendsAgain = 25;
    private const int IsLarge = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly Queue<ChaosIntent> _acknowledged = new(Remembered + 1);
    private Guid _origin;

    public async Task RunAsync(CancellationToken over)
    {
        for (var sequence = 0L; !over.IsCancellationRequested; sequence++)
        {
            if (sequence % IntentsOfOrigin == 0) _origin = Guid.NewGuid();
            var began = clock.GetTimestamp();
            var isAgain = _acknowledged.Count > 0 && random.Next(SendsAgain) == 0;
            await SendAsync(isAgain ? _acknowledged.ElementAt(random.Next(_acknowledged.Count)) : Next(sequence), over);
            await pace.NextAsync(began, over);
        }
    }

    private ChaosIntent Next(long sequence)
    {
        var rows = random.Next(IsLarge) == 0 ? LargeRows : random.Next(1, MostRows + 1);
        return new ChaosIntent(new IntentId(_origin, sequence), table, source, log.Rows(rows));
    }

    private async Task SendAsync(ChaosIntent intent, CancellationToken over)
    {
        while (await log.SendAsync(door, intent, CancellationToken.None) is not (CallAnswer.Committed or CallAnswer.Rejected))
        {
            if (over.IsCancellationRequested) return;
            await Task.Delay(Patience, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _acknowledged.Enqueue(intent);
        if (_acknowledged.Count > Remembered) _acknowledged.Dequeue();
    }
}
