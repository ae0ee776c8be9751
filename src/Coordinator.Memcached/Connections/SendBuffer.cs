using System.Buffers;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Connections;

/// <summary>
/// Commands that are to be sent: while one buffer is written to the stream, the other one gathers. Not thread-safe: its connection's lock guards it.
/// </summary>
internal sealed class SendBuffer
{
    private ArrayBufferWriter<byte> _gathering = new(4096);
    private ArrayBufferWriter<byte> _sending = new(4096);
    private int _gathered;
    private bool _isSending;

    /// <summary>Adds a command. True if no sender runs: the caller then starts one.</summary>
    public bool Add(in Command command)
    {
        command.WriteTo(_gathering);
        _gathered++;
        if (_isSending) return false;
        return _isSending = true;
    }

    /// <summary>What has gathered since the last call; it stays as it is until the next one. Empty if there is nothing: then the sender has
    /// ended.</summary>
    public ReadOnlyMemory<byte> Take(out int count)
    {
        _sending.ResetWrittenCount();
        (count, _gathered) = (_gathered, 0);
        if (count == 0)
        {
            _isSending = false;
            return default;
        }

        (_gathering, _sending) = (_sending, _gathering);
        return _sending.WrittenMemory;
    }
}
