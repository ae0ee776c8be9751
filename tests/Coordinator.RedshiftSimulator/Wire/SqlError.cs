using System.Text;

namespace Coordinator.RedshiftSimulator.Wire;

/// <summary>An error on the wire: severity, SQLSTATE, message and detail, with the source file that Redshift names.</summary>
internal sealed record SqlError(string SqlState, string Message, string Detail = "")
{
    private const string File = "/home/ec2-user/padb/src/sys/xen_execute.cpp";

    public Frame ToFrame()
    {
        var body = new StringBuilder();
        foreach (var (field, value) in new[] { ('S', "ERROR"), ('C', SqlState), ('M', Message), ('D', Detail), ('F', File), ('L', "9797"),
            ('R', "pg_throw") })
        {
            if (value.Length > 0) body.Append(field).Append(value).Append('\0');
        }

        return new Frame('E', Encoding.UTF8.GetBytes(body.Append('\0').ToString()));
    }

    /// <summary>PostgreSQL's context of the error. Redshift sends none.</summary>
    public string Where { get; private init; } = "";

    public static SqlError Of(Frame frame)
    {
        var (at, state, message, detail, where) = (0, "", "", "", "");
        while (frame.Body[at] != 0)
        {
            var field = (char)frame.Body[at++];
            var value = frame.Text(ref at);
            if (field == 'C') state = value;
            else if (field == 'M') message = value;
            else if (field == 'D') detail = value;
            else if (field == 'W') where = value;
        }

        return new SqlError(state, message, detail) { Where = where };
    }
}
