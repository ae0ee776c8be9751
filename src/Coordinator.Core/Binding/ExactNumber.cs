namespace Coordinator.Core.Binding;

/// <summary>A number as it is written, digit by digit: <c>[+-]digits[.digits][e[+-]exponent]</c>. It is read in place; nothing is rounded, and nothing is copied.</summary>
public readonly ref struct ExactNumber
{
    /// <summary>PostgreSQL takes 131,072 digits before the point and 16,383 behind it; no type takes more.</summary>
    private const int MaxExponent = 200_000;

    private readonly ReadOnlySpan<byte> _whole;
    private readonly ReadOnlySpan<byte> _fraction;
    private readonly int _leadingZeros;

    private ExactNumber(bool isNegative, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int exponent)
    {
        _whole = whole;
        _fraction = fraction;
        var count = whole.Length + fraction.Length;
        while (_leadingZeros < count && Written(_leadingZeros) == '0') _leadingZeros++;
        Count = count - _leadingZeros;
        IsNegative = isNegative && Count > 0;
        Scale = fraction.Length - exponent;
    }

    /// <summary>True below zero; zero has no sign.</summary>
    public bool IsNegative { get; }

    /// <summary>The digits from the first that is not zero to the last as written, zeros at the end included; 0 for zero.</summary>
    public int Count { get; }

    /// <summary>How many of the digits as written are behind the point. Negative if as many zeros follow the last digit before the point.</summary>
    public int Scale { get; }

    /// <summary>How many of <see cref="Count"/> digits at the end are zeros.</summary>
    public int TrailingZeros
    {
        get
        {
            var zeros = 0;
            while (zeros < Count && this[Count - 1 - zeros] == 0) zeros++;
            return zeros;
        }
    }

    /// <summary>How many digits stand before the point; 0 or less for numbers below one.</summary>
    public int WholeDigits => Count == 0 ? 0 : Count - Scale;

    /// <summary>A digit, 0 to 9, from the first that is not zero on.</summary>
    public int this[int index] => Written(_leadingZeros + index) - '0';

    /// <summary>Reads a number; false for anything else, blanks around it included, and for exponents beyond what any warehouse takes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ExactNumber number)
    {
        number = default;
        var isNegative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..]) text = text[1..];
        var whole = TakeDigits(ref text);
        ReadOnlySpan<byte> fraction = [];
        if (text is [(byte)'.', ..])
        {
            text = text[1..];
            fraction = TakeDigits(ref text);
        }

        if (whole.Length + fraction.Length == 0) return false;
        if (!TryTakeExponent(ref text, out var exponent) || !text.IsEmpty) return false;
        number = new ExactNumber(isNegative, whole, fraction, exponent);
        return true;
    }

    private static ReadOnlySpan<byte> TakeDigits(scoped ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }

    private static bool TryTakeExponent(scoped ref ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text is not [(byte)'e' or (byte)'E', ..]) return true;
        text = text[1..];
        var isNegative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..]) text = text[1..];
        var digits = TakeDigits(ref text);
        if (digits.IsEmpty) return false;
        foreach (var digit in digits)
        {
            exponent = exponent * 10 + digit - '0';
            if (exponent > MaxExponent) return false;
        }

        if (isNegative) exponent = -exponent;
        return true;
    }

    private byte Written(int index) => index < _whole.Length ? _whole[index] : _fraction[index - _whole.Length];
}
