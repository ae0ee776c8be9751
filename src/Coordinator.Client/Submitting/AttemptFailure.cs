using Coordinator.Errors;
using Orleans.Runtime.Messaging;
using SiloGone = Orleans.Runtime.SiloUnavailableException;

namespace Coordinator.Client.Submitting;

/// <summary>The meaning of a failed attempt.</summary>
internal static class AttemptFailure
{
    private const int MaxDoublings = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(40);

    /// <summary>True if the same call may succeed soon. A tick that is not due says that a clock is wrong: its schedule decides. Another warehouse
    /// is a mistake that only an operator mends.</summary>
    public static bool IsTransient(Exception failure) =>
        failure is CoordinatorException and not (TickNotDueException or OtherWarehouseException) || IsNoAnswer(failure);

    /// <summary>True if no grain answered: the message was not sent, not accepted, or its answer never arrived. A stopping silo causes several
    /// different exceptions of Orleans.</summary>
    public static bool IsNoAnswer(Exception failure) => failure is TimeoutException or OrleansException;

    /// <summary>True unless this attempt certainly had no effect.</summary>
    public static bool MayHaveGoneThrough(Exception failure) => failure switch
    {
        QueueFullException or TableLockedException or IntentExpiredException or WarehouseUnavailableException or TickNotDueException
            or OtherWarehouseException => false,
        CoordinatorException => true,
        // The connection broke while the call was under way. A plain rejection means that the call was not delivered.
        SiloGone => true,
        OrleansMessageRejectionException or ConnectionFailedException or ClientNotAvailableException or GatewayTooBusyException => false,
        _ => true,
    };

    /// <summary>The delay before a retry if the failure itself does not set one: short, because a table that moves is available elsewhere at
    /// once; and never much more than a second, because a table whose silo died must be found soon after it is active again.</summary>
    /// <param name="attempt">The number of earlier attempts.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, double random) => FirstDelay * (1 << Math.Min(attempt, MaxDoublings)) * (0.5 + random / 2);
}
