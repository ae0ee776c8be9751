namespace Coordinator.Warehouse.Postgres;

/// <summary>The isolation of inserts on PostgreSQL. Rivals of the same table meet at its fence with either level.</summary>
public enum InsertIsolation
{
    /// <summary>Protects against all SERIALIZABLE readers of the written rows. While one such transaction stays open, about ten times
    /// <c>max_connections</c> transactions may commit; then PostgreSQL fails unrelated ones.</summary>
    Serializable,

    /// <summary>Does not protect against readers: only the reservation protects a table that an update reads. Inserts continue while a
    /// transaction stays open.</summary>
    RepeatableRead,
}
