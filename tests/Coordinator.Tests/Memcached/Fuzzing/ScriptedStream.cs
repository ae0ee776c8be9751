using Coordinator.Memcached.Protocol;

namespace Coordinator.Tests.Memcached.Fuzzing;

/// <summary>The server's side of a connection in memory: after all commands have arrived it sends its bytes, in pieces, and closes.</summary>
internal sealed class ScriptedStream(ReplyScript script, Random random) : Stream
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _linesToCome = script.Commands.Sum(static c => c.Kind is CommandKind.Add or CommandKind.Set ? 2 : 1);
    private int _said;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _asked.Task;
        var most = Math.Min(buffer.Length, script.Bytes.Length - _said);
        if (most == 0) return 0;
        var count = random.Next(4) == 0 ? random.Next(1, Math.Min(most, 20) + 1) : random.Next(1, most + 1);
        script.Bytes.AsSpan(_said, count).CopyTo(buffer.Span);
        _said += count;
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if ((_linesToCome -= buffer.Span.Count((byte)'\n')) == 0) _asked.SetResult();
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
