namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>How far PostgreSQL guards inserts. Rivals of the same table meet at its fence either way.</summary>
public enum InsertIsolation
{
    /// <summary>Against everybody SERIALIZABLE who reads what they write. While one such transaction is long open, about ten times <c>max_connections</c> may commit; then PostgreSQL fails those that did nothing wrong.</summary>
    Serializable,

    /// <summary>Not against readers: an update's table that it only reads is guarded by its reservation alone. However long a transaction is open, inserts go on.</summary>
    RepeatableRead,
}
