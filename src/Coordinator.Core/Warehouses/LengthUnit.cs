namespace Coordinator.Core.Warehouses;

/// <summary>The unit of n in varchar(n).</summary>
public enum LengthUnit
{
    /// <summary>Unicode code points, as in PostgreSQL.</summary>
    Characters,

    /// <summary>Bytes of UTF-8, as in Redshift.</summary>
    Bytes,
}
