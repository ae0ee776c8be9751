namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>How long an insert waited for its receipt.</summary>
internal readonly record struct InsertSample(int Table, DateTimeOffset Sent, DateTimeOffset Answered);
