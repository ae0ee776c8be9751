using Coordinator.ClientHost.Settings;

namespace Coordinator.ClientHost.Http;

/// <summary>The bytes of all bodies that the host holds at once, bounded by <see cref="HttpSettings.MaxBytesInFlight"/>.</summary>
internal sealed class BodyBudget(HttpSettings settings)
{
    private readonly long _most = Math.Max(settings.MaxBytesInFlight, settings.MaxBodyBytes);
    private long _held;

    private long MaxBodyBytes => settings.MaxBodyBytes;

    /// <summary>A share for one body; its disposal gives it back.</summary>
    public Share Open() => new(this);

    private void Take(long bytes, long more)
    {
        if (bytes > MaxBodyBytes)
        {
            throw new BadHttpRequestException(
                $"The body has more than {MaxBodyBytes} bytes, decompressed; {HttpSettings.Section}:MaxBodyBytes is the most.",
                StatusCodes.Status413PayloadTooLarge);
        }

        var held = Interlocked.Add(ref _held, more);
        if (held <= _most) return;
        Interlocked.Add(ref _held, -more);
        throw new BadHttpRequestException(
            $"Bodies of {held - more} bytes wait for their answers here, and this one has {bytes} or more; {HttpSettings.Section}:MaxBytesInFlight "
                + $"is {_most}. Nothing was written. Try again.",
            StatusCodes.Status429TooManyRequests);
    }

    /// <summary>What one body takes.</summary>
    internal sealed class Share(BodyBudget budget) : IDisposable
    {
        private long _taken;

        /// <summary>The most that one body may take.</summary>
        public long Most => budget.MaxBodyBytes;

        /// <summary>Takes what a body of so many bytes needs.</summary>
        /// <exception cref="BadHttpRequestException">413: a body may not be so large. 429: others have taken the budget.</exception>
        public void GrowTo(long bytes)
        {
            if (bytes <= _taken) return;
            budget.Take(bytes, bytes - _taken);
            _taken = bytes;
        }

        public void Dispose() => Interlocked.Add(ref budget._held, -_taken);
    }
}
