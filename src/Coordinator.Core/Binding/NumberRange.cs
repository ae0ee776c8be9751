using System.Collections;

namespace Coordinator.Core.Binding;

/// <summary>Consecutive numbers, without a list of them.</summary>
internal sealed class NumberRange(long first, int count) : IReadOnlyList<long>
{
    public int Count => count;

    public long this[int index] => first + index;

    public IEnumerator<long> GetEnumerator()
    {
        for (var i = 0; i < count; i++) yield return first + i;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
