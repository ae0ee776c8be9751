using Coordinator.Intents;

namespace Coordinator.Locking;

/// <summary>Admits calls to an activation while it holds its lock: a field read and a comparison, without allocation or I/O.</summary>
internal sealed class GhettoLockFilter : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var lease = context.TargetContext.GetComponent<GhettoLease>();
        if (lease is null || lease.Lease.IsHeld || !IsGated(context.InterfaceMethod.DeclaringType)) return context.Invoke();
        return WaitAndInvokeAsync(lease, context);
    }

    /// <summary>Timer callbacks (an internal interface of the runtime) and extensions are not calls to the grain.</summary>
    private static bool IsGated(Type? type) =>
        type is null || (type.Assembly != typeof(IConfigureGrainContext).Assembly && !typeof(IGrainExtension).IsAssignableFrom(type));

    private static async Task WaitAndInvokeAsync(GhettoLease lease, IIncomingGrainCallContext context)
    {
        if (context.Grain is not INeedsNoLock grain || !await grain.NeedsNoLockAsync(context.MethodName))
        {
            // Set in this method, since what an asynchronous method sets ends with it.
            LockWait.Set(await lease.WaitUntilHeldAsync(context.Request.GetArgumentCount() > 0 ? context.Request.GetArgument(0) as ITraced : null));
        }

        await context.Invoke();
    }
}
