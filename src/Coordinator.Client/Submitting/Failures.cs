using Coordinator.Errors;
using Orleans.Runtime.Messaging;
using SiloGone = Orleans.Runtime.SiloUnavailableException;

namespace Coordinator.Client.Submitting;

/// <summary>What a failed attempt means.</summary>
internal static class Failures
{
    private const int MaxDoublings = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(40);

    /// <summary>True if the same call may do better later.</summary>
    public static bool IsTransient(Exception failure) => failure is CoordinatorException || IsNoAnswer(failure);

    /// <summary>True if no grain answered: the message was not sent, not accepted, or its answer never came. A silo that stops says so in many ways, all of them Orleans'.</summary>
    public static bool IsNoAnswer(Exception failure) => failure is TimeoutException or OrleansException;

    /// <summary>True unless this attempt is known to have left nothing behind.</summary>
    public static bool MayHaveGoneThrough(Exception failure) => failure switch
    {
        QueueFullException or TableLockedException or IntentExpiredException or WarehouseUnavailableException => false,
        CoordinatorException => true,
        // The connection broke while the call was under way; a plain rejection says that it was not delivered.
        SiloGone => true,
        OrleansMessageRejectionException or ConnectionFailedException or ClientNotAvailableException or GatewayTooBusyException => false,
        _ => true,
    };

    /// <summary>
    /// When to try again if the failure itself does not say: soon, because a table that moves is somewhere else at once; and never much more than a second
    /// apart, because a table whose silo died is to be found as soon as it is anywhere.
    /// </summary>
    /// <param name="attempt">How many attempts there were before this one.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, double random) => FirstDelay * (1 << Math.Min(attempt, MaxDoublings)) * (0.5 + random / 2);
}
