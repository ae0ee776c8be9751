using System.Globalization;
using System.Net;
using System.Text;

namespace Coordinator.RedshiftSimulator.Storage;

/// <summary>The body of a request, decoded from the chunks that the SDK may sign one by one (aws-chunked).</summary>
internal sealed class ChunkedBody(HttpListenerRequest request)
{
    public Stream Stream => request.Headers["x-amz-content-sha256"]?.StartsWith("STREAMING-", StringComparison.Ordinal) == true
        ? Unchunked()
        : request.InputStream;

    private MemoryStream Unchunked()
    {
        var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse(Line().Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0) break;
            var chunk = new byte[size];
            request.InputStream.ReadExactly(chunk);
            body.Write(chunk);
            Line();
        }

        body.Position = 0;
        return body;
    }

    private string Line()
    {
        var line = new StringBuilder();
        for (var b = request.InputStream.ReadByte(); b is not ('\n' or -1); b = request.InputStream.ReadByte())
        {
            if (b != '\r') line.Append((char)b);
        }

        return line.ToString();
    }
}
