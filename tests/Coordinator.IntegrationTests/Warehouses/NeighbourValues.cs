namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Values as a JSON body and a CSV file contain them. Each is sent to every column type.</summary>
internal static class NeighbourValues
{
    /// <summary>A key that the object does not have.</summary>
    public const string Absent = "";

    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "7", "127", "128", "255", "-129", "32767", "32768", "2147483648",
        "9007199254740993", "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "123456789012345678901234567890", "99999999999999999999999999999999999999", "170141183460469231731687303715884105727",
        "1.0", "1.5", "1.50", "0.1", "-0.25", "12.34", "12.345", "1200", "1e3", "1E3", "1e-2", "-0", "1.5e10", "1e20", "1e39", "1e308",
        "12345678901.123456789012345678",
    ];

    /// <summary>Texts without quotes and commas: bare in a CSV file, in quotes in JSON.</summary>
    private static readonly string[] Texts =
    [
        "true", "false", "t", "F", "blue", "null", "NaN", "-Infinity", "+5", "007", ".5", " 1", "Zoë 😀 ﷽", "a longer text than twelve",
        "2026-01-31", "2026-01-31T00:00:00-04:00", "2026-01-30T20:00:00-04:00", "2026-01-31 00:00+05",
        "2026-01-31T23:59:59.1234567", "1969-12-31T23:59:59.999999999Z",
        "2026-01-31 12:30:15.123456789", "0001-01-01", "12:30", "12:30:15.123456",
        "00112233-4455-6677-8899-aabbccddeeff", "00112233445566778899AABBCCDDEEFF", "11111111222222223333333344444444", "[]",
    ];

    /// <summary>Values of a JSON object, one of them absent.</summary>
    public static readonly string[] Json =
    [
        Absent, "null", "true", "false", "\"\"", "\"\\\\x00ff\"", "\"{\\\"a\\\": 1}\"", "\"line\\nbreak \\u00e9\"",
        "{\"a\": 1}", "{\"b\":[1,2,{\"c\":null}]}", "[]", "[1, \"x\"]", "{}",
        .. Numbers,
        .. Numbers.Where(static number => number.Length < 10).Select(static number => $"\"{number}\""), .. Texts.Select(static text => $"\"{text}\""),
    ];

    /// <summary>Fields of a CSV file: an empty field is null, empty quotes are an empty text.</summary>
    public static readonly string[] Csv =
    [
        "", "\"\"", "\\x00ff", "\"{\"\"a\"\": 1}\"", "\"\"\"blue\"\"\"", "\"\"\"123\"\"\"", "\"[1, \"\"x\"\"]\"", "\"say \"\"hi\"\", twice\"",
        .. Numbers, .. Texts,
    ];
}
