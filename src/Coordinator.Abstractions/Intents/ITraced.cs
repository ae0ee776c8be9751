namespace Coordinator.Intents;

/// <summary>A message to a grain that carries the caller's trace.</summary>
public interface ITraced
{
    /// <summary>The caller's span in W3C format (<c>traceparent</c>); empty if it is not recorded.</summary>
    string TraceParent { get; }
}
