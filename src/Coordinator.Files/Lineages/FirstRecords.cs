using System.Globalization;
using System.Text;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Files.Lineages;

/// <summary>The first records of a file, without repetitions. They identify its lineage.</summary>
internal sealed class FirstRecords
{
    /// <summary>The maximum number of records.</summary>
    public const int Most = 16;

    private readonly List<UInt128> _hashes = [];

    /// <summary>Their hashes, in the order of the file.</summary>
    public IReadOnlyList<UInt128> Hashes => _hashes;

    /// <summary>The ordinal of the last of them.</summary>
    public long LastOrdinal { get; private set; }

    /// <summary>Adds a record if it is among the first.</summary>
    public void Add(UInt128 hash, long ordinal)
    {
        if (_hashes.Count >= Most || _hashes.Contains(hash)) return;
        _hashes.Add(hash);
        LastOrdinal = ordinal;
    }

    /// <summary>The origin of a lineage that begins with this file.</summary>
    /// <param name="table">The table.</param>
    /// <param name="salt">Empty, or a value that makes this run a separate lineage on purpose.</param>
    public Guid OriginOf(TableName table, string salt)
    {
        var text = new StringBuilder($"insert lineage\n{table}\n{salt}");
        foreach (var hash in _hashes) text.Append(CultureInfo.InvariantCulture, $"\n{hash}");
        return IntentId.OriginOf(text.ToString());
    }

    /// <summary>Whether the records that lead to a lineage make this file a version of its file: at least half of them, and not only the first,
    /// which unrelated files may share.</summary>
    public bool AreOf(IReadOnlySet<UInt128> known)
    {
        var found = _hashes.Count(known.Contains);
        return found > 0 && found * 2 >= _hashes.Count && !(found == 1 && known.Contains(_hashes[0]));
    }
}
