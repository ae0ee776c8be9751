using Coordinator.Errors;
using Orleans.Runtime.Messaging;
using SiloGone = Orleans.Runtime.SiloUnavailableException;

namespace Coordinator.Client.Submitting;

/// <summary>What a failed attempt means.</summary>
internal static class Failures
{
    /// <summary>True if the same call may do better later.</summary>
    public static bool IsTransient(Exception failure) => failure is CoordinatorException || IsNoAnswer(failure);

    /// <summary>True if no grain answered: the message was not sent, not accepted, or its answer never came.</summary>
    public static bool IsNoAnswer(Exception failure) =>
        failure is TimeoutException or OrleansMessageRejectionException or ConnectionFailedException or ClientNotAvailableException or GatewayTooBusyException;

    /// <summary>True unless this attempt is known to have left nothing behind.</summary>
    public static bool MayHaveGoneThrough(Exception failure) => failure switch
    {
        QueueFullException or TableLockedException or IntentExpiredException or WarehouseUnavailableException => false,
        CoordinatorException => true,
        // The connection broke while the call was under way; a plain rejection says that it was not delivered.
        SiloGone => true,
        OrleansMessageRejectionException => false,
        TimeoutException => true,
        _ => false,
    };
}
