using System.Numerics;
using Coordinator.Core.Warehouses;

namespace Coordinator.Core.Binding;

/// <summary>Compares integers with the limits of a column.</summary>
internal static class NumberLimits
{
    /// <summary>More digits exceed the limits of every type.</summary>
    private const int MostDigits = 100;

    /// <summary>What would have fitted, or null if the number fits.</summary>
    public static string? Misfit(BigInteger value, WarehouseColumn target) =>
        value < target.Minimum || value > target.Maximum ? Expected(target) : null;

    /// <summary>What would have fitted, or null if the number fits. A column with limits has no fractional digits.</summary>
    public static string? Misfit(in ExactNumber number, WarehouseColumn target)
    {
        if (number.WholeDigits > MostDigits) return Expected(target);
        var value = BigInteger.Zero;
        for (var i = 0; i < number.WholeDigits; i++) value = value * 10 + (i < number.Count ? number[i] : 0);
        return Misfit(number.IsNegative ? -value : value, target);
    }

    /// <summary>The limits of a column of 64 bits or less.</summary>
    public static (long Minimum, long Maximum) OfInt64(WarehouseColumn target)
    {
        var (minimum, maximum) = target.Type switch
        {
            WarehouseType.Int16 => (short.MinValue, short.MaxValue),
            WarehouseType.Int32 => (int.MinValue, int.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        if (target.Minimum is { } least && least > minimum) minimum = (long)BigInteger.Min(least, long.MaxValue);
        if (target.Maximum is { } most && most < maximum) maximum = (long)BigInteger.Max(most, long.MinValue);
        return (minimum, maximum);
    }

    private static string Expected(WarehouseColumn target) => (target.Minimum, target.Maximum) switch
    {
        (null, var most) => $"expected a whole number of at most {most}",
        (var least, null) => $"expected a whole number of at least {least}",
        var (least, most) => $"expected a whole number of {least} to {most}",
    };
}
