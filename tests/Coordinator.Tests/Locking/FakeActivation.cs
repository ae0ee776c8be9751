using System.Reflection;

namespace Coordinator.Tests.Locking;

/// <summary>An activation from its lock's point of view: a name, and an end.</summary>
public class FakeActivation : DispatchProxy
{
    private readonly List<DeactivationReason> _ends = [];

    /// <summary>The requests to end, with their reasons.</summary>
    public IReadOnlyList<DeactivationReason> Ends => _ends;

    public static (IGrainContext Context, FakeActivation Activation) New()
    {
        var context = Create<IGrainContext, FakeActivation>();
        return (context, (FakeActivation)(object)context);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case "get_" + nameof(IGrainContext.GrainId):
                return GrainId.Create("table", "public.events");
            case nameof(IGrainContext.Deactivate):
                lock (_ends) _ends.Add((DeactivationReason)args![0]!);
                return null;
            default:
                throw new NotSupportedException(targetMethod.Name);
        }
    }
}
