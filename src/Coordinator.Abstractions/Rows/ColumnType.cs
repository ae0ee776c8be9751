namespace Coordinator.Rows;

/// <summary>The type of a row block's column. Add at the end only: the numbers are on the wire.</summary>
public enum ColumnType : byte
{
    /// <summary>A 64-bit integer; narrower target columns are range-checked.</summary>
    Int64 = 1,

    /// <summary>A 64-bit floating point number.</summary>
    Double = 2,

    /// <summary>An exact decimal of up to 28 digits (<see cref="decimal"/>).</summary>
    Decimal = 3,

    /// <summary>Text, as UTF-8.</summary>
    Text = 4,

    /// <summary>True or false.</summary>
    Boolean = 5,

    /// <summary>A date and time without zone, in ticks of 100 ns since 0001-01-01.</summary>
    Timestamp = 6,

    /// <summary>An instant, in ticks of 100 ns since 0001-01-01 UTC.</summary>
    TimestampTz = 7,

    /// <summary>A date, in days since 0001-01-01.</summary>
    Date = 8,

    /// <summary>A UUID, 16 bytes in network order.</summary>
    Uuid = 9,

    /// <summary>Bytes as they are.</summary>
    Bytes = 10,

    /// <summary>A JSON document, as UTF-8: the text of the value as written. The target column decides how it is read.</summary>
    Json = 11,

    /// <summary>An exact number of any length, as the UTF-8 text <c>[-]digits[.digits][e[±]exponent]</c>.</summary>
    Number = 12,
}
