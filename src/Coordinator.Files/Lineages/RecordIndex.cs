using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Coordinator.Files.Input;
using Coordinator.Files.Records;

namespace Coordinator.Files.Lineages;

/// <summary>The running sum of the hashes of a file's records, in a temporary file: 16 bytes per record, for a file of any size. Ordinals count
/// from 1.</summary>
internal sealed class RecordIndex : IDisposable
{
    private const int SumBytes = 16;

    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _sums;
    private readonly UInt128 _context;

    private RecordIndex(FileStream file, long count, UInt128 context)
    {
        _file = file;
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _sums = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _context = context;
        Count = count;
    }

    /// <summary>The number of records in the file.</summary>
    public long Count { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="input">The file.</param>
    /// <param name="limits">How much to read at a time.</param>
    /// <param name="context">The meaning of the records besides their text: a factor of each.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async Task<RecordIndex> OfAsync(InputText input, ChunkLimits limits, UInt128 context, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"coordinator-index-{Guid.NewGuid():N}");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 256 * 1024, FileOptions.DeleteOnClose);
        try
        {
            var (sum, count) = (UInt128.Zero, 0L);
            Write(file, sum);
            await using var text = input.File.Rewound();
            await foreach (var chunk in input.ReadAsync(text, limits, cancellationToken))
            {
                using (chunk)
                {
                    foreach (var record in chunk.Source())
                    {
                        sum += RecordHash.Of(record.Text.Span);
                        Write(file, sum);
                        count++;
                    }
                }
            }

            await file.FlushAsync(cancellationToken);
            return new RecordIndex(file, count, context);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>The hash of a record's text.</summary>
    public UInt128 Record(long ordinal) => Sum(ordinal) - Sum(ordinal - 1);

    /// <summary>The content of a record: its text combined with the context of its file.</summary>
    public UInt128 Content(long ordinal) => Record(ordinal) * _context;

    /// <summary>The sum of the contents of consecutive records.</summary>
    public UInt128 Content(long first, long count) => (Sum(first + count - 1) - Sum(first - 1)) * _context;

    /// <summary>True if all these records are in the file.</summary>
    public bool Has(long first, long count) => first >= 1 && first + count - 1 <= Count;

    public void Dispose()
    {
        _sums.Dispose();
        _map.Dispose();
        _file.Dispose();
    }

    private static void Write(FileStream file, UInt128 sum) => file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in sum)));

    private UInt128 Sum(long ordinal)
    {
        _sums.Read(ordinal * SumBytes, out UInt128 sum);
        return sum;
    }
}
