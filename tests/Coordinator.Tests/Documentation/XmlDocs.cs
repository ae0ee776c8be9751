using System.Reflection;
using System.Xml.Linq;

namespace Coordinator.Tests.Documentation;

/// <summary>The XML documentation of properties, as Markdown for a cell of a table.</summary>
internal sealed class XmlDocs
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> _members = [];

    /// <summary>The property's summary; empty if it has none.</summary>
    public string Summary(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        if (!_members.TryGetValue(type.Assembly, out var members)) _members[type.Assembly] = members = Read(type.Assembly);
        var name = $"P:{type.FullName!.Replace('+', '.')}.{property.Name}";
        return members.TryGetValue(name, out var member) && member.Element("summary") is { } summary ? Line(Markdown(summary)) : "";
    }

    private static Dictionary<string, XElement> Read(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(static m => (string)m.Attribute("name")!);

    private static string Markdown(XElement element) => string.Concat(element.Nodes().Select(static node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{((string?)see.Attribute("cref") ?? (string?)see.Attribute("langword"))!.Split('.', ':')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => Markdown(other),
        _ => "",
    }));

    private static string Line(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal);
}
