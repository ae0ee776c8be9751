namespace Coordinator.ClientHost.Rows;

/// <summary>What kinds of JSON values a column holds.</summary>
[Flags]
internal enum JsonKinds
{
    None = 0,

    /// <summary>A number that a 64-bit integer holds.</summary>
    Integer = 1,

    /// <summary>An integer so large that a double would round it.</summary>
    LargeInteger = 2,

    /// <summary>A number that a decimal holds exactly.</summary>
    Fraction = 4,

    /// <summary>A number that only a double comes near.</summary>
    Inexact = 8,

    /// <summary>A number that is beyond a double.</summary>
    Beyond = 16,

    Boolean = 32,
    Text = 64,

    /// <summary>An object or an array.</summary>
    Container = 128,

    Numbers = Integer | LargeInteger | Fraction | Inexact | Beyond,
}
