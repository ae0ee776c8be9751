namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>Direct access to a warehouse: it is altered and read without the silo.</summary>
internal interface IAlteredWarehouse : IAsyncDisposable
{
    /// <summary>The silo's settings for it.</summary>
    IReadOnlyDictionary<string, string?> SiloSettings { get; }

    /// <summary>Its column types.</summary>
    IReadOnlyList<ColumnKind> Kinds { get; }

    /// <summary>The type of the column <c>k</c>.</summary>
    string KeyType { get; }

    /// <summary>The statements of an alteration; none if the warehouse cannot do it.</summary>
    IReadOnlyList<string> Statements(SchemaChangeCase change);

    /// <summary>Runs SQL.</summary>
    Task RunAsync(string sql);

    /// <summary>Runs a query and returns its rows as text.</summary>
    Task<IReadOnlyList<string?[]>> AskAsync(string sql);

    /// <summary>The warehouse's own cast of a value to a column type, as text; null if the warehouse refuses it.</summary>
    Task<string?> CastAsync(string json, ColumnKind kind);
}
