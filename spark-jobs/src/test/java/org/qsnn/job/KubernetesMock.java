package org.qsnn.job;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;

/**
 * Keeps objects as the mock of a server does, and also takes those that are applied on the server's
 * side: Spark sends them so, the mock knows that for existing objects only.
 */
final class KubernetesMock extends KubernetesCrudDispatcher {
  private static final int FOUND = 200;

  @Override
  public MockResponse handlePatch(RecordedRequest request) {
    if (!String.valueOf(request.getHeader("Content-Type")).startsWith("application/apply-patch")) {
      return super.handlePatch(request);
    }
    String object = request.getPath().replaceFirst("[?].*", "");
    return handleGet(object).code() == FOUND
        ? handleUpdate(as(HttpMethod.PUT, object, request))
        : handleCreate(as(HttpMethod.POST, object.replaceFirst("/[^/]+$", ""), request));
  }

  private static RecordedRequest as(HttpMethod method, String path, RecordedRequest request) {
    return new RecordedRequest(
        request.getHttpVersion(), method, path, request.getHeaders(), request.getBody());
  }
}
