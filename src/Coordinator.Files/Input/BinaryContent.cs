using System.Text.Unicode;

namespace Coordinator.Files.Input;

/// <summary>Detects content that is not text, regardless of the file's name.</summary>
internal static class BinaryContent
{
    private static readonly (byte[] Magic, string Name)[] Known =
    [
        ("PK\x03\x04"u8.ToArray(), "a ZIP archive or an Excel workbook; export it as CSV, or unpack it"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an Excel workbook; export it as CSV"),
        ("PAR1"u8.ToArray(), "a Parquet file"),
        ("Obj\x01"u8.ToArray(), "an Avro file"),
        ("ORC"u8.ToArray(), "an ORC file"),
        ("%PDF"u8.ToArray(), "a PDF document"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd; pipe it through zstd -dc"),
        ("BZh"u8.ToArray(), "compressed with bzip2; pipe it through bzip2 -dc"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz; pipe it through xz -dc"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    ];

    /// <summary>A description of the content if it is not UTF-8 text, or null.</summary>
    public static string? Of(ReadOnlySpan<byte> beginning)
    {
        foreach (var (magic, name) in Known)
        {
            if (beginning.StartsWith(magic) && !IsText(beginning)) return name;
        }

        return IsText(beginning)
            ? null
            : "binary: it has zero bytes, or control characters beside bytes that are no UTF-8. "
                + "If it is text in another encoding, say which with --encoding";
    }

    private static bool IsText(ReadOnlySpan<byte> beginning)
    {
        if (beginning.Contains((byte)0)) return false;
        // The sample may end within a character, which has at most three bytes before the cut.
        for (var cut = 0; cut < 4 && cut <= beginning.Length; cut++)
        {
            if (Utf8.IsValid(beginning[..^cut])) return true;
        }

        // Text in an unknown encoding: the reader reports its invalid rows one by one.
        return beginning.IndexOfAny((ReadOnlySpan<byte>)[1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31]) < 0;
    }
}
