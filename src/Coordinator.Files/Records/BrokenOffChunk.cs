using Coordinator.Rows;

namespace Coordinator.Files.Records;

/// <summary>The end of a file that cannot be read completely: a chunk without records that has the reason.</summary>
internal sealed class BrokenOffChunk : RecordChunk
{
    public BrokenOffChunk(RecordChunk previous, ReadBreak stopped)
        : base(previous)
    {
        Stopped = stopped;
        AddError(stopped.Row, "", stopped.Reason);
    }

    public override RowBlock? Encode() => null;

    public override IEnumerable<RecordPlace> Source() => [];
}
