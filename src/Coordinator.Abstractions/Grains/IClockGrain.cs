namespace Coordinator.Grains;

/// <summary>Tells a silo's clock, so that hosts notice that their own is wrong.</summary>
[Alias("coordinator.IClockGrain")]
public interface IClockGrain : IGrainWithIntegerKey
{
    /// <summary>The time by the clock of the silo that answers.</summary>
    [Alias("Now")]
    Task<DateTimeOffset> NowAsync();
}
