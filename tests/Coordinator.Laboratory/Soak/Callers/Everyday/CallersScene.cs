using Coordinator.Client;
using Coordinator.Intents;
using Coordinator.Laboratory.Chaos.Load;
using Npgsql;

namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>What everyday events work with. Each has its own.</summary>
internal sealed class CallersScene
{
    private readonly Guid _origin = Guid.NewGuid();
    private long _sequence;

    public required string Source { get; init; }

    public required CallersSettings Settings { get; init; }

    public required ICoordinatorClient Client { get; init; }

    public required HttpDoor Http { get; init; }

    public required SdkDoor Sdk { get; init; }

    /// <summary>A plain HTTP client, for pages.</summary>
    public required HttpClient Pages { get; init; }

    public required NpgsqlDataSource Database { get; init; }

    public required CallLog Log { get; init; }

    public required CallFiles Files { get; init; }

    public required Random Random { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>How often the event happened.</summary>
    public long Count { get; private set; }

    /// <summary>HTTP and the SDK in turn.</summary>
    public IDoor Door => Count % 2 == 0 ? Http : Sdk;

    /// <summary>One of the tables that inserts write.</summary>
    public string AnyTable => Settings.TableNames[Random.Next(Settings.TableNames.Count - 1)];

    public ChaosIntent Intent(string table, IReadOnlyList<ChaosRow> rows) => new(new IntentId(_origin, _sequence++), table, Source, rows);

    /// <summary>Repeats an event until the end. One that fails is a trouble, and the next one comes.</summary>
    public async Task RepeatAsync(IEverydayEvent everyday, CancellationToken over)
    {
        for (; !over.IsCancellationRequested; Count++)
        {
            var began = Clock.GetTimestamp();
            try
            {
                await everyday.HappenAsync(this, CancellationToken.None);
            }
            catch (Exception failure)
            {
                Files.Trouble($"{everyday.Name}: {failure.GetType().Name}: {failure.Message.Split('\n')[0]}");
            }

            var left = everyday.Every - Clock.GetElapsedTime(began);
            if (left > TimeSpan.Zero) await Task.Delay(left, Clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
