namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>An insert's wait for its receipt.</summary>
internal readonly record struct InsertSample(int Table, DateTimeOffset Sent, DateTimeOffset Answered);
