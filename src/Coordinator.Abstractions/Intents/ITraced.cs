namespace Coordinator.Intents;

/// <summary>What is sent to a grain with the place in the caller's trace that it belongs to.</summary>
public interface ITraced
{
    /// <summary>The caller's span, as W3C writes it (<c>traceparent</c>); empty when nobody records it.</summary>
    string TraceParent { get; }
}
