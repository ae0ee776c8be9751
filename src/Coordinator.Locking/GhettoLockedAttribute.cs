using Orleans.Metadata;

namespace Coordinator.Locking;

/// <summary>Marks a grain class whose activations accept calls only while they hold their ghetto lock.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GhettoLockedAttribute : Attribute, IGrainPropertiesProviderAttribute
{
    internal const string Property = "coordinator.ghetto-locked";

    /// <inheritdoc/>
    public void Populate(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        properties[Property] = "true";
    }
}
