using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Soak.Callers;

/// <summary>Every call of every caller, in one file for each table and one for all names that are no table. Callers keep nothing of a call that is
/// over, so their process can be judged too.</summary>
internal sealed class CallFiles : IAsyncDisposable
{
    private const string Others = "others";
    private const string Extension = ".tsv";

    private readonly Dictionary<string, StreamWriter> _files;
    private readonly Lock _gate = new();
    private readonly Dictionary<CallAnswer, long> _answers = Enum.GetValues<CallAnswer>().ToDictionary(static a => a, static _ => 0L);
    private readonly List<string> _troubles = [];

    public CallFiles(string folder, IEnumerable<string> tables) =>
        _files = tables.Append(Others).ToDictionary(static t => t, t => new StreamWriter(Path.Combine(folder, t + Extension)));

    /// <summary>The number of calls by their answers.</summary>
    public IReadOnlyDictionary<CallAnswer, long> Answers
    {
        get
        {
            lock (_gate) return new Dictionary<CallAnswer, long>(_answers);
        }
    }

    /// <summary>What should not have happened beside the calls.</summary>
    public IReadOnlyList<string> Troubles
    {
        get
        {
            lock (_gate) return [.. _troubles];
        }
    }

    /// <summary>The calls into a table.</summary>
    public static IEnumerable<SentCall> Read(string folder, string table) => Lines(folder, table).Select(CallLine.Parse);

    /// <summary>The calls into names that are no table.</summary>
    public static IEnumerable<SentCall> ReadOthers(string folder) => Read(folder, Others);

    public void Add(SentCall call)
    {
        var line = CallLine.Of(call);
        lock (_gate)
        {
            (_files.GetValueOrDefault(call.Table) ?? _files[Others]).WriteLine(line);
            _answers[call.Answer]++;
        }
    }

    public void Trouble(string text)
    {
        lock (_gate) _troubles.Add(text);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values) await file.DisposeAsync();
    }

    private static IEnumerable<string> Lines(string folder, string table) => File.ReadLines(Path.Combine(folder, table + Extension));
}
