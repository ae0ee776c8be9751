namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>A warehouse as a stranger sees it: it is altered and read behind the silo's back.</summary>
internal interface IAlteredWarehouse : IAsyncDisposable
{
    /// <summary>The settings by which a silo finds it.</summary>
    IReadOnlyDictionary<string, string?> SiloSettings { get; }

    /// <summary>Its column types.</summary>
    IReadOnlyList<ColumnKind> Kinds { get; }

    /// <summary>The type of the column <c>k</c>.</summary>
    string KeyType { get; }

    /// <summary>The statements of an alteration; none if the warehouse has no way to do it.</summary>
    IReadOnlyList<string> Statements(SchemaChangeCase change);

    /// <summary>Runs SQL.</summary>
    Task RunAsync(string sql);

    /// <summary>Rows of texts.</summary>
    Task<IReadOnlyList<string?[]>> AskAsync(string sql);

    /// <summary>What the warehouse itself makes of a value in a column type, as text; null if it refuses it.</summary>
    Task<string?> CastAsync(string json, ColumnKind kind);
}
