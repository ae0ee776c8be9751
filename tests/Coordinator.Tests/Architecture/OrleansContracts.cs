using System.Globalization;
using System.Reflection;
using System.Text;

namespace Coordinator.Tests.Architecture;

/// <summary>Lists everything on the wire between clients and silos, and between silos of different versions: grain interfaces and serialized
/// types.</summary>
internal static class OrleansContracts
{
    private const BindingFlags OwnMembers = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>One block for each type, ordered by alias.</summary>
    public static string Of(IEnumerable<Assembly> assemblies) =>
        string.Join('\n', TypesOf(assemblies).Select(Describe).Order(StringComparer.Ordinal));

    /// <summary>Types and methods without an alias, whose names on the wire would change with their names in the code.</summary>
    public static IEnumerable<string> Unnamed(IEnumerable<Assembly> assemblies) =>
        from type in TypesOf(assemblies)
        from member in IsInterface(type) ? [type, .. type.GetMethods()] : new MemberInfo[] { type }
        where !member.IsDefined(typeof(AliasAttribute), inherit: false)
        select member == type ? type.FullName! : $"{type.FullName}.{member.Name}";

    private static IEnumerable<Type> TypesOf(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(static a => a.GetTypes())
            .Where(static t => !IsGenerated(t) && (IsInterface(t) || IsSerialized(t)));

    private static bool IsGenerated(Type type) => type.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) == true;

    private static bool IsInterface(Type type) => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type);

    private static bool IsSerialized(Type type) => type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is not null;

    private static string Describe(Type type)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{AliasOf(type)}: {Kind(type)} {Name(type)}{Base(type)}");
        var members = IsInterface(type) ? Methods(type) : type.IsEnum ? Values(type) : Fields(type);
        foreach (var member in members) text.AppendLine(CultureInfo.InvariantCulture, $"  {member}");
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static IEnumerable<string> Methods(Type type) => type.GetMethods()
        .Select(static m => $"{AliasOf(m)}({string.Join(", ", m.GetParameters().Select(static p => Name(p.ParameterType)))}): {Name(m.ReturnType)}")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Values(Type type) =>
        Enum.GetNames(type).Select(name => $"{Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)} {name}");

    private static IEnumerable<string> Fields(Type type) =>
        from member in type.GetMembers(OwnMembers)
        let id = member.GetCustomAttribute<IdAttribute>(inherit: false)?.Id
        where id is not null
        orderby id
        select $"{id} {member.Name}: {Name(member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType)}";

    private static string AliasOf(MemberInfo member) =>
        string.Join(", ", member.GetCustomAttributes<AliasAttribute>(inherit: false).Select(static a => a.Alias).Order(StringComparer.Ordinal));

    private static string Kind(Type type) => type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : "class";

    private static string Base(Type type) =>
        type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) ? $" of {Name(parent)}" : "";

    private static string Name(Type type) => type switch
    {
        { IsArray: true } => Name(type.GetElementType()!) + "[]",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };
}
