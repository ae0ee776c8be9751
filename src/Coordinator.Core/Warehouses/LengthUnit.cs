namespace Coordinator.Core.Warehouses;

/// <summary>What the n of varchar(n) counts.</summary>
public enum LengthUnit
{
    /// <summary>Unicode code points, as in PostgreSQL.</summary>
    Characters,

    /// <summary>Bytes of UTF-8, as in Redshift.</summary>
    Bytes,
}
