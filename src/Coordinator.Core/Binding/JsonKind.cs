namespace Coordinator.Core.Binding;

/// <summary>What a JSON document is at its top.</summary>
internal enum JsonKind
{
    Null,
    Scalar,
    Compound,
}
