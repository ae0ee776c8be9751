namespace Coordinator.Locking;

/// <summary>Gives back the locks of a silo that must end at once because the others declared it dead, so that its tables need not wait for the
/// TTL.</summary>
/// <remarks>Its transactions in progress do not commit: they ask for the lease before COMMIT. Orleans' handler waits two seconds before it ends
/// the process.</remarks>
internal sealed class DefunctSilo(IFatalErrorHandler inner, LeaseRenewer leases) : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => inner.IsUnexpected(exception);

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        leases.ReleaseAll();
        inner.OnFatalException(sender, context, exception);
    }
}
