namespace Coordinator.Memcached;

/// <summary>The answers to <c>add</c> and to the <c>mg</c> right behind it. Whose the key is, the second one says.</summary>
public readonly record struct AddAndGetReply(MemcachedReply Add, MemcachedReply Get);
