using Orleans.Runtime;

namespace Coordinator.Locking;

/// <summary>Lets calls into an activation while it holds its lock: then a field read and a comparison, without allocation or I/O.</summary>
internal sealed class GhettoLockFilter : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var lease = context.TargetContext.GetComponent<GhettoLease>();
        if (lease is null || lease.Lease.IsHeld || !IsGated(context.InterfaceMethod.DeclaringType)) return context.Invoke();
        return WaitAndInvokeAsync(lease, context);
    }

    /// <summary>Timer callbacks and extensions are the activation's own affairs and the runtime's.</summary>
    private static bool IsGated(Type? type) =>
        type is null || (!typeof(IGrainTimerInvoker).IsAssignableFrom(type) && !typeof(IGrainExtension).IsAssignableFrom(type));

    private static async Task WaitAndInvokeAsync(GhettoLease lease, IIncomingGrainCallContext context)
    {
        await lease.WaitUntilHeldAsync();
        await context.Invoke();
    }
}
