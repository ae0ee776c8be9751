using System.Runtime.CompilerServices;
using Coordinator.Grains;
using Microsoft.Extensions.Logging;

namespace Coordinator.Client.Connecting;

/// <summary>The warehouse that the client writes to, learned from the first silo that tells it and kept for the client's life. It travels with
/// every write, so that a silo of another warehouse, met at an address that changed hands, refuses it.</summary>
internal sealed partial class MeantWarehouse(IGrainFactory grains, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private int _isAsking;

    /// <summary>Its id; null until a silo has answered, and empty if none knows.</summary>
    public StrongBox<Guid>? Known { get; private set; }

    /// <summary>Asks for it in the background. Only the first call does.</summary>
    public void Learn()
    {
        if (Interlocked.Exchange(ref _isAsking, 1) == 0) _ = AskAsync();
    }

    private async Task AskAsync()
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                Known = new(await grains.GetGrain<IWarehouseGrain>(0).IdentifyAsync().WaitAsync(Limit, time).ConfigureAwait(false));
                return;
            }
            catch (ObjectDisposedException)
            {
                // The client has ended.
                return;
            }
            catch (Exception failure)
            {
                // The write itself meets what is wrong and tells its caller. A silo of an older version does not know the question.
                LogUnknown(failure.Message);
            }

            await Task.Delay(pause, time).ConfigureAwait(false);
        }
    }

    [LoggerMessage(4010, LogLevel.Debug, "No silo tells which warehouse it writes to: {Reason}")]
    private partial void LogUnknown(string reason);
}
