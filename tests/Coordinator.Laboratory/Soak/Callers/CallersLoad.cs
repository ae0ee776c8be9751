using Coordinator.Client;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Laboratory.Soak.Callers.Everyday;
using Coordinator.Simulation.Trends;
using Npgsql;

namespace Coordinator.Laboratory.Soak.Callers;

/// <summary>All callers: writers of every table through the SDK and over HTTP, and the everyday events.</summary>
internal sealed class CallersLoad : IAsyncDisposable
{
    private const int SdkWriters = 2;
    private const int HttpWriters = 1;
    private const int Seed = 1;

    private readonly CancellationTokenSource _over = new();
    private readonly CallFiles _files;
    private readonly HttpDoor _http;
    private readonly HttpClient _pages = new();
    private readonly NpgsqlDataSource _database;
    private readonly Dictionary<string, CallersScene> _scenes = [];
    private readonly Task _work;

    public CallersLoad(CallersSettings settings, ICoordinatorClient client, TimeProvider clock)
    {
        var tables = settings.TableNames.SkipLast(1).ToList();
        _files = new CallFiles(settings.Folder, settings.TableNames);
        _http = new HttpDoor(() => settings.ClientHost);
        // Like a program that creates a table now and then.
        _database = NpgsqlDataSource.Create(settings.Database + ";Pooling=false;Application Name=evidence");
        var log = new CallLog(clock, _files.Add);
        var sdk = new SdkDoor(client);
        IDoor[] doors = [.. Enumerable.Repeat<IDoor>(sdk, SdkWriters), .. Enumerable.Repeat<IDoor>(_http, HttpWriters)];
        Pace = new Pace(PaceControl.First, tables.Count * doors.Length, clock);
        foreach (var (i, everyday) in EverydayEvents.All.Index())
        {
            _scenes[everyday.Name] = new CallersScene
            {
                Source = everyday.Name,
                Settings = settings,
                Client = client,
                Http = _http,
                Sdk = sdk,
                Pages = _pages,
                Database = _database,
                Log = log,
                Files = _files,
                Random = new Random(Seed + i),
                Clock = clock,
            };
        }

        var writers =
            from table in tables.Index()
            from door in doors.Index()
            let source = FormattableString.Invariant($"{door.Item.Name}{door.Index}")
            let random = new Random(HashCode.Combine(Seed, table.Index, door.Index))
            select new SteadyWriter(door.Item, table.Item, source, log, Pace, random, clock).RunAsync(_over.Token);
        var events = EverydayEvents.All.Select(everyday => _scenes[everyday.Name].RepeatAsync(everyday, _over.Token));
        _work = Task.WhenAll([.. writers, .. events]);
    }

    public Pace Pace { get; }

    public CallersProgress Progress =>
        new(_files.Answers, _scenes.ToDictionary(static s => s.Key, static s => s.Value.Count), _files.Troubles);

    /// <summary>Waits for the calls under way, sends no more, and completes the files.</summary>
    public async Task<CallersProgress> StopAsync()
    {
        await _over.CancelAsync();
        await _work;
        await _files.DisposeAsync();
        return Progress;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _pages.Dispose();
        await _database.DisposeAsync();
        _over.Dispose();
    }
}
